package dev.mainstay.worker.architecture.planted.dependenciespointoneway.workflows;

import dev.mainstay.worker.architecture.planted.dependenciespointoneway.db.Rows;

record BadWorkflow(Rows wrong) {}

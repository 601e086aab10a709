package dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.workflows;

import dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.db.Rows;

record BadWorkflow(Rows wrong) {}

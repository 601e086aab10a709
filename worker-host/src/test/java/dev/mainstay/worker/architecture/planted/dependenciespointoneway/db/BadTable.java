package dev.mainstay.worker.architecture.planted.dependenciespointoneway.db;

import dev.mainstay.worker.architecture.planted.dependenciespointoneway.workflows.Contract;

record BadTable(Contract wrong) {}

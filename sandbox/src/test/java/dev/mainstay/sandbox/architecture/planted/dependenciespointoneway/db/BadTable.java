package dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.db;

import dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.workflows.Contract;

record BadTable(Contract wrong) {}

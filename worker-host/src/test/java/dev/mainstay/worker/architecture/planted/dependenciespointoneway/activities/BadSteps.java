package dev.mainstay.worker.architecture.planted.dependenciespointoneway.activities;

import dev.mainstay.worker.architecture.planted.dependenciespointoneway.worker.Host;

record BadSteps(Host wrong) {}

package dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.activities;

import dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.worker.Host;

record BadSteps(Host wrong) {}

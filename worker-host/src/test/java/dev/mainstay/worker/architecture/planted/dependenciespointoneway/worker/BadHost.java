package dev.mainstay.worker.architecture.planted.dependenciespointoneway.worker;

import dev.mainstay.worker.architecture.planted.dependenciespointoneway.api.Starter;

record BadHost(Starter wrong) {}

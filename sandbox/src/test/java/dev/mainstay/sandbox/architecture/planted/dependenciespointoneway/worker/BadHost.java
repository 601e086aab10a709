package dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.worker;

import dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.api.Starter;

record BadHost(Starter wrong) {}

package dev.mainstay.worker.architecture.planted.dependenciespointoneway.api;

import dev.mainstay.worker.architecture.planted.dependenciespointoneway.activities.Steps;

record BadController(Steps wrong) {}

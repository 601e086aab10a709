package dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.api;

import dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.activities.Steps;

record BadController(Steps wrong) {}

package dev.mainstay.worker.architecture.planted.dependenciespointoneway.activities;

public final class Steps {}

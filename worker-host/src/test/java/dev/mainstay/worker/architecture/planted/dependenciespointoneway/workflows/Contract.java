package dev.mainstay.worker.architecture.planted.dependenciespointoneway.workflows;

public final class Contract {}

package dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.workflows;

public final class Contract {}

package dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.worker;

public final class Host {}

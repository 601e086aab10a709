package dev.mainstay.worker.architecture.planted.dependenciespointoneway.worker;

public final class Host {}

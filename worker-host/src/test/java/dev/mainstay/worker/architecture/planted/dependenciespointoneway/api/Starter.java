package dev.mainstay.worker.architecture.planted.dependenciespointoneway.api;

public final class Starter {}

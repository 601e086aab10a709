package dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.api;

public final class Starter {}

package dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.db;

public final class Rows {}

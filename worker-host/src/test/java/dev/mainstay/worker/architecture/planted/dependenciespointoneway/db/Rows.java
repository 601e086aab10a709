package dev.mainstay.worker.architecture.planted.dependenciespointoneway.db;

public final class Rows {}

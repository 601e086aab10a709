package dev.mainstay.sandbox.architecture.planted.dependenciespointoneway.activities;

public final class Steps {}

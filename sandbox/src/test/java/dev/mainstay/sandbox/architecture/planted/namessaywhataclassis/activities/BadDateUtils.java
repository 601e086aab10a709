package dev.mainstay.sandbox.architecture.planted.namessaywhataclassis.activities;

final class BadDateUtils {}

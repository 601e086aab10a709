package dev.mainstay.worker.architecture.planted.namessaywhataclassis.activities;

final class BadPurchaseManager {}

package dev.mainstay.worker.architecture.planted.everypackageisnullmarked.activities;

final class BadSteps {}

package dev.mainstay.sandbox.architecture.planted.everypackageisnullmarked.activities;

final class BadSteps {}

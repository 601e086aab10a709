package dev.mainstay.worker.architecture.planted.nobodydependsonsandboxorbenchmark.sandbox;

public final class Simulator {}

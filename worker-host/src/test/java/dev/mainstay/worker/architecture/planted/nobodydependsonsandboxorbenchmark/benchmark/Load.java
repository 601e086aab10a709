package dev.mainstay.worker.architecture.planted.nobodydependsonsandboxorbenchmark.benchmark;

public final class Load {}

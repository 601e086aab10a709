package dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxorbenchmark.benchmark;

public final class Load {}

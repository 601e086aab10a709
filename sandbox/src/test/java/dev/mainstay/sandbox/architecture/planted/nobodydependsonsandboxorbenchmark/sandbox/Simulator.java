package dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxorbenchmark.sandbox;

public final class Simulator {}

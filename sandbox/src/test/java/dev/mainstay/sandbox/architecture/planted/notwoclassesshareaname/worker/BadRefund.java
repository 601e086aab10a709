package dev.mainstay.sandbox.architecture.planted.notwoclassesshareaname.worker;

class BadRefund {}

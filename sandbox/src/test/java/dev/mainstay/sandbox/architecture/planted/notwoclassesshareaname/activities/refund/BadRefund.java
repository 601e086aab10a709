package dev.mainstay.sandbox.architecture.planted.notwoclassesshareaname.activities.refund;

class BadRefund {}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.regression;

import io.millrace.mllib.storage.Params;
import java.util.List;
import java.util.Locale;

/** The distributions of generalized linear regression, with the links that Spark allows; the first is the default. */
enum GlmFamily {
    GAUSSIAN("identity log inverse"),
    BINOMIAL("logit probit cloglog"),
    POISSON("log identity sqrt"),
    GAMMA("inverse identity log"),
    /** Has a power for a link. */
    TWEEDIE("");

    private static final double EPSILON = 1e-16;

    private final String links;

    GlmFamily(String links) {
        this.links = links;
    }

    static GlmFamily of(Params params) {
        String name = params.getString("family", "gaussian").toLowerCase(Locale.ROOT);
        GlmFamily family = switch (name) {
            case "gaussian" -> GAUSSIAN;
            case "binomial" -> BINOMIAL;
            case "poisson" -> POISSON;
            case "gamma" -> GAMMA;
            case "tweedie" -> TWEEDIE;
            default ->
                throw params.failure(
                        "family", "is " + name + ", must be gaussian, binomial, poisson, gamma or tweedie");
        };
        return family == TWEEDIE ? tweedie(params) : family;
    }

    /** Three variance powers are families of their own. */
    private static GlmFamily tweedie(Params params) {
        double power = params.getDouble("variancePower", 0.0);
        if (!(power == 0 || power >= 1)) {
            throw params.failure("variancePower", "is " + power + ", must be 0, or 1 or more");
        }
        return power == 0 ? GAUSSIAN : power == 1 ? POISSON : power == 2 ? GAMMA : TWEEDIE;
    }

    /** The links by name, the default first. */
    List<String> links() {
        return List.of(links.split(" ", -1));
    }

    /** Brings a mean into the range of the distribution. */
    double project(double mean) {
        return switch (this) {
            case GAUSSIAN -> Double.isInfinite(mean) ? (mean > 0 ? Double.MAX_VALUE : -Double.MAX_VALUE) : mean;
            case BINOMIAL -> mean < EPSILON ? EPSILON : mean > 1.0 - EPSILON ? 1.0 - EPSILON : mean;
            case POISSON, GAMMA, TWEEDIE ->
                mean < EPSILON ? EPSILON : Double.isInfinite(mean) ? Double.MAX_VALUE : mean;
        };
    }
}

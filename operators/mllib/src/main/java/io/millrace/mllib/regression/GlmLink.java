// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.regression;

import breeze.stats.distributions.Gaussian;
import breeze.stats.distributions.RandBasis;
import io.millrace.mllib.storage.Params;
import java.util.List;
import java.util.Locale;

/** The inverse of a link function of generalized linear regression. */
@FunctionalInterface
interface GlmLink {

    /** The mean that belongs to a linear predictor. */
    double mean(double eta);

    /**
     * The link that the parameters name. For the family tweedie that is {@code linkPower}, for others {@code link}, where
     * they are set; else it is the family's own.
     */
    static GlmLink of(Params params, GlmFamily family) {
        if (params.getString("family", "gaussian").toLowerCase(Locale.ROOT).equals("tweedie")) {
            if (params.isSet("linkPower")) {
                return ofPower(params.getDouble("linkPower", 1.0));
            }
            return family == GlmFamily.TWEEDIE
                    ? power(1.0 - params.getDouble("variancePower", 0.0))
                    : named(family.links().get(0));
        }
        if (!params.isSet("link")) {
            return named(family.links().get(0));
        }
        String name = params.getString("link").toLowerCase(Locale.ROOT);
        List<String> links = family.links();
        if (!links.contains(name)) {
            throw params.failure("link", "is " + name + ", the family has " + String.join(", ", links));
        }
        return named(name);
    }

    private static GlmLink named(String name) {
        return switch (name) {
            case "identity" -> eta -> eta;
            case "log" -> Math::exp;
            case "inverse" -> eta -> 1.0 / eta;
            case "sqrt" -> eta -> eta * eta;
            case "logit" -> eta -> 1.0 / (1.0 + Math.exp(-1.0 * eta));
            case "cloglog" -> eta -> 1.0 - Math.exp(-1.0 * Math.exp(eta));
            case "probit" -> probit();
            default -> throw new IllegalArgumentException("link " + name);
        };
    }

    private static GlmLink probit() {
        // the generator is asked for, and never used
        Gaussian normal = new Gaussian(0.0, 1.0, RandBasis.withSeed(0));
        return normal::cdf;
    }

    /** Four powers are links of their own. */
    private static GlmLink ofPower(double power) {
        if (power == 0) {
            return named("log");
        }
        if (power == 1) {
            return named("identity");
        }
        if (power == -1) {
            return named("inverse");
        }
        return power == 0.5 ? named("sqrt") : power(power);
    }

    private static GlmLink power(double power) {
        double exponent = 1.0 / power;
        return eta -> Math.pow(eta, exponent);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.fpm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the antecedent is, the consequent is too.
 *
 * @param confidence how often that held: the frequency of both together divided by that of the antecedent
 * @param lift the confidence divided by the share of baskets that have the consequent, or NaN if it is not known
 * @param support the share of baskets that have both, or NaN if the number of baskets is not known
 */
public record AssociationRule(
        List<Object> antecedent, Object consequent, double confidence, double lift, double support) {

    public AssociationRule {
        antecedent = List.copyOf(antecedent);
    }

    /** All rules with one item for a consequent, as Spark makes them from itemsets. */
    static List<AssociationRule> of(List<Itemset> itemsets, double minConfidence, long baskets) {
        Map<List<Object>, Long> frequencies = new HashMap<>();
        for (Itemset itemset : itemsets) {
            frequencies.put(itemset.items(), itemset.freq());
        }
        List<AssociationRule> rules = new ArrayList<>();
        for (Itemset itemset : itemsets) {
            for (Object consequent : itemset.items()) {
                List<Object> antecedent = itemset.items().stream()
                        .filter(item -> !item.equals(consequent))
                        .toList();
                // an itemset without its antecedents is one that was cut short: no rule, as Spark's join has none
                Long frequency = antecedent.isEmpty() ? null : frequencies.get(antecedent);
                if (frequency != null) {
                    double confidence = (double) itemset.freq() / frequency;
                    if (confidence >= minConfidence) {
                        Long alone = baskets > 0 ? frequencies.get(List.of(consequent)) : null;
                        double lift = alone == null ? Double.NaN : confidence / ((double) alone / baskets);
                        double support = baskets > 0 ? (double) itemset.freq() / baskets : Double.NaN;
                        rules.add(new AssociationRule(antecedent, consequent, confidence, lift, support));
                    }
                }
            }
        }
        return List.copyOf(rules);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

import io.millrace.receiver.Receiver;
import java.util.OptionalInt;

/**
 * An input of the graph: a receiver.
 *
 * @param receiver where the records come from
 * @param preferredExecutor the number of the executor the receiver should run on, from 0, while it lives
 * @param <T> records
 */
public record SourceOperator<T>(Receiver<T> receiver, OptionalInt preferredExecutor) implements Operator {

    @Override
    public String kind() {
        return "receiver";
    }
}

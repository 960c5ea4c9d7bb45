// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a node answers at one time.
 *
 * @param records its records, if it did not fail
 * @param failure why it failed; null if it did not
 */
record ReferenceBatch(List<Object> records, String failure) {

    static ReferenceBatch of(List<Object> records) {
        return new ReferenceBatch(records, null);
    }

    static ReferenceBatch failed(String message) {
        return new ReferenceBatch(List.of(), message);
    }

    /**
     * What a function makes of it; a failure, if it is one or if the function throws.
     *
     * @throws GenerationFailedException if the function does
     */
    ReferenceBatch then(Function<List<Object>, List<Object>> function) {
        if (failed()) {
            return this;
        }
        try {
            return of(function.apply(records));
        } catch (GenerationFailedException e) {
            throw e;
        } catch (RuntimeException e) {
            return failed(e.getMessage());
        }
    }

    /** All records of several; a failure, if one of them is one. */
    static ReferenceBatch union(List<ReferenceBatch> batches) {
        List<Object> all = new ArrayList<>();
        for (ReferenceBatch batch : batches) {
            if (batch.failed()) {
                return batch;
            }
            all.addAll(batch.records());
        }
        return of(all);
    }

    boolean failed() {
        return failure != null;
    }
}

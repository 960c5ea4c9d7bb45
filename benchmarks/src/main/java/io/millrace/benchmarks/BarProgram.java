// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** A program that measures what the project has set itself bars for. Its exit code is 0 if all are cleared. */
interface BarProgram extends Callable<Integer> {

    /** Measures, and prints what there is to see beyond the bars. */
    List<Bar> measure() throws IOException, InterruptedException;

    @Override
    default Integer call() throws IOException, InterruptedException {
        List<Bar> bars = measure();
        System.out.print("\n" + Bar.HEAD);
        bars.forEach(bar -> System.out.print(bar.row()));
        return bars.stream().allMatch(Bar::passed) ? 0 : 1;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.listener.BlockReport;
import io.millrace.listener.StreamingListener;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kills the executor that runs the receiver, once, when the second block is received and not yet processed. */
final class Crash implements StreamingListener {

    private static final Pattern EXECUTOR = Pattern.compile("executor-(\\d+).*");
    private static final int FATAL_BLOCK = 2;

    private final Narrator narrator;
    private @Nullable SampleRun run;
    private String executor = "";
    private int blocks;

    Crash(Narrator narrator) {
        this.narrator = narrator;
    }

    /** Says in which run; called before it starts, since listeners are made before the run they listen to. */
    void in(SampleRun newRun) {
        this.run = newRun;
    }

    @Override
    public void onReceiverStarted(int stream, String name, String newExecutor) {
        executor = newExecutor;
    }

    @Override
    public void onBlockReceived(BlockReport block) {
        Matcher name = EXECUTOR.matcher(executor);
        if (++blocks == FATAL_BLOCK && run != null && name.matches()) {
            narrator.kill(executor, block.block());
            run.expectReconnect();
            run.context().crashExecutor(Integer.parseInt(name.group(1)));
        }
    }
}

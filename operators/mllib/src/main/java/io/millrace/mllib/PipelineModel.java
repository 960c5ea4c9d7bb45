// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.ModelDirectory;
import java.util.ArrayList;
import java.util.List;

/** Stages one after the other; a stage can be a pipeline itself. As Spark's {@code PipelineModel}. */
public final class PipelineModel implements Transformer {

    private final String uid;
    private final List<Transformer> stages;

    public PipelineModel(String uid, List<? extends Transformer> stages) {
        this.uid = uid;
        this.stages = List.copyOf(stages);
    }

    static PipelineModel load(SavedStage saved) {
        List<String> uids = saved.params().strings("stageUids");
        if (uids == null) {
            throw saved.params().failure("stageUids", "has no value");
        }
        List<Transformer> stages = new ArrayList<>();
        if (!uids.isEmpty()) {
            ModelDirectory folder = saved.directory().child("stages");
            // as Spark pads the number: to the digits of the count, not of the last
            int digits = Integer.toString(uids.size()).length();
            for (int i = 0; i < uids.size(); i++) {
                String number = Integer.toString(i);
                String name = "0".repeat(digits - number.length()) + number + "_" + uids.get(i);
                stages.add(saved.loadChild(folder.child(name)));
            }
        }
        return new PipelineModel(saved.metadata().uid(), stages);
    }

    @Override
    public String uid() {
        return uid;
    }

    public List<Transformer> stages() {
        return stages;
    }

    @Override
    public void plan(RowPlan plan) {
        stages.forEach(stage -> stage.plan(plan));
    }
}

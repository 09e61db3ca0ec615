// _contrib_MultiBoxTarget of MXNet: what a detector should say of each anchor. For the processor only.
//
//   MxgraftMultiBoxTarget
//
// Shapes: anchors (1, A, 4), labels (N, M, 5 or more) of class, x1, y1, x2, y2, scores (N, K, A); offsets and mask
// (N, 4 A), classes (N, A).
#include <cmath>

#include "box-overlap.h"
#include "operator-kernel.h"

namespace mxgraft {

REGISTER_OP("MxgraftMultiBoxTarget")
    .Input("anchors: float")
    .Input("labels: float")
    .Input("scores: float")
    .Output("offsets: float")
    .Output("mask: float")
    .Output("classes: float")
    .Attr("overlap_threshold: float")
    .Attr("ignore_label: float")
    .Attr("negative_mining_ratio: float")
    .Attr("negative_mining_thresh: float")
    .Attr("variances: list(float)")
    .SetShapeFn([](InferenceContext* context) {
      ShapeHandle scores;
      TF_RETURN_IF_ERROR(context->WithRank(context->input(2), 3, &scores));
      for (int i = 0; i < 2; i++) {
        context->set_output(i, context->MakeShape({context->Dim(scores, 0), context->UnknownDim()}));
      }
      context->set_output(2, context->MakeShape({context->Dim(scores, 0), context->Dim(scores, 2)}));
      return absl::OkStatus();
    });

namespace {

// Overlaps from which an object can claim its best anchor.
constexpr float kLeastOverlap = 1e-6f;

enum class Kind : int8_t { kIgnored, kBackground, kObject };

// The object that each anchor overlaps most, or has been claimed by, or -1.
struct Matches {
  explicit Matches(int64_t anchors) : object(anchors, -1), overlap(anchors, -1.0f), kind(anchors, Kind::kIgnored) {}
  std::vector<int64_t> object;
  std::vector<float> overlap;
  std::vector<Kind> kind;
};

// One image.
struct Sample {
  int64_t anchors, objects, label_width, classes;
  const float *anchor, *label, *scores;
  // (objects, anchors)
  std::vector<float> overlaps;

  const float* box(int64_t object) const { return label + object * label_width + 1; }
  float overlap(int64_t object, int64_t i) const { return overlaps[object * anchors + i]; }
};

// The anchor that an object overlaps most of those that no object has; the first of equal ones, or -1.
int64_t BestAnchor(const Sample& s, const Matches& m, int64_t object) {
  int64_t best = -1;
  float most = kLeastOverlap;
  for (int64_t i = 0; i < s.anchors; i++) {
    const float overlap = s.overlap(object, i);
    if (overlap > most && m.kind[i] != Kind::kObject) {
      most = overlap;
      best = i;
    }
  }
  return best;
}

// Gives each object, best pair first, the anchor that it overlaps most.
void Claim(const Sample& s, Matches* m) {
  std::vector<int64_t> best(s.objects);
  for (int64_t k = 0; k < s.objects; k++) best[k] = BestAnchor(s, *m, k);
  while (true) {
    int64_t next = -1;
    for (int64_t k = 0; k < s.objects; k++) {
      if (best[k] < 0) continue;
      if (next < 0 || s.overlap(k, best[k]) > s.overlap(next, best[next]) ||
          (s.overlap(k, best[k]) == s.overlap(next, best[next]) && best[k] < best[next])) {
        next = k;
      }
    }
    if (next < 0) return;
    const int64_t anchor = best[next];
    m->kind[anchor] = Kind::kObject;
    m->object[anchor] = next;
    m->overlap[anchor] = s.overlap(next, anchor);
    best[next] = -1;
    for (int64_t k = 0; k < s.objects; k++) {
      if (best[k] == anchor) best[k] = BestAnchor(s, *m, k);
    }
  }
}

// Gives each other anchor the object that it overlaps most, if it overlaps it enough.
void Assign(const Sample& s, float threshold, Matches* m) {
  for (int64_t i = 0; i < s.anchors; i++) {
    if (m->kind[i] == Kind::kObject) continue;
    for (int64_t k = 0; k < s.objects; k++) {
      if (s.overlap(k, i) > m->overlap[i]) {
        m->overlap[i] = s.overlap(k, i);
        m->object[i] = k;
      }
    }
    if (threshold > 0 && m->overlap[i] > threshold) m->kind[i] = Kind::kObject;
  }
}

// The softmax probability of the background.
float BackgroundProbability(const Sample& s, int64_t anchor) {
  const float* scores = s.scores + anchor;
  float high = scores[0];
  for (int64_t c = 1; c < s.classes; c++) high = std::max(high, scores[c * s.anchors]);
  double sum = 0;
  for (int64_t c = 0; c < s.classes; c++) sum += std::exp(double(scores[c * s.anchors]) - high);
  return static_cast<float>(std::exp(double(scores[0]) - high) / sum);
}

class MultiBoxTargetOp : public OpKernel {
 public:
  explicit MultiBoxTargetOp(OpKernelConstruction* construction) : OpKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("overlap_threshold", &overlap_threshold_));
    OP_REQUIRES_OK(construction, construction->GetAttr("ignore_label", &ignore_label_));
    OP_REQUIRES_OK(construction, construction->GetAttr("negative_mining_ratio", &mining_ratio_));
    OP_REQUIRES_OK(construction, construction->GetAttr("negative_mining_thresh", &mining_threshold_));
    OP_REQUIRES_OK(construction, construction->GetAttr("variances", &variances_));
    OP_REQUIRES(construction, variances_.size() == 4, InvalidArgument("variances has four numbers"));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor &anchors = context->input(0), &labels = context->input(1), &scores = context->input(2);
    OP_REQUIRES(context, scores.dims() == 3,
                WrongShape("MultiBoxTarget: argument \"cls_pred\"", scores, "(N, K, A)"));
    const int64_t batch = scores.dim_size(0), classes = scores.dim_size(1), count = scores.dim_size(2);
    OP_REQUIRES(context, anchors.NumElements() == count * 4,
                WrongShape("MultiBoxTarget: argument \"anchor\"", anchors, "(1, A, 4)"));
    OP_REQUIRES(context, labels.dims() == 3 && labels.dim_size(0) == batch && labels.dim_size(2) >= 5,
                WrongShape("MultiBoxTarget: argument \"label\"", labels, "(N, M, 5 or more)"));
    const int64_t most = labels.dim_size(1), width = labels.dim_size(2);
    Tensor *offsets, *mask, *targets;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({batch, count * 4}), &offsets));
    OP_REQUIRES_OK(context, context->allocate_output(1, TensorShape({batch, count * 4}), &mask));
    OP_REQUIRES_OK(context, context->allocate_output(2, TensorShape({batch, count}), &targets));
    InParts(context, batch, count * (most * 20 + classes * 10), [&](int64_t from, int64_t to) {
      for (int64_t n = from; n < to; n++) {
        Sample s = {count, 0, width, classes, anchors.flat<float>().data(),
                    labels.flat<float>().data() + n * most * width, scores.flat<float>().data() + n * classes * count};
        while (s.objects < most && s.label[s.objects * width] != -1) s.objects++;
        Target(&s, offsets->flat<float>().data() + n * count * 4, mask->flat<float>().data() + n * count * 4,
               targets->flat<float>().data() + n * count);
      }
    });
  }

 private:
  void Target(Sample* s, float* offsets, float* mask, float* targets) const {
    std::fill_n(offsets, s->anchors * 4, 0.0f);
    std::fill_n(mask, s->anchors * 4, 0.0f);
    std::fill_n(targets, s->anchors, ignore_label_);
    if (s->objects == 0) return;
    s->overlaps.resize(s->objects * s->anchors);
    for (int64_t k = 0; k < s->objects; k++) {
      for (int64_t i = 0; i < s->anchors; i++) {
        s->overlaps[k * s->anchors + i] = BoxOverlap(s->anchor + i * 4, s->box(k));
      }
    }
    Matches m(s->anchors);
    Claim(*s, &m);
    Assign(*s, overlap_threshold_, &m);
    ChooseBackground(*s, &m);
    for (int64_t i = 0; i < s->anchors; i++) {
      if (m.kind[i] == Kind::kBackground) targets[i] = 0;
      if (m.kind[i] != Kind::kObject) continue;
      targets[i] = s->label[m.object[i] * s->label_width] + 1;
      std::fill_n(mask + i * 4, 4, 1.0f);
      SetOffsets(s->anchor + i * 4, s->box(m.object[i]), offsets + i * 4);
    }
  }

  // Chooses the anchors that are background: all but those of objects, or those that look least like it.
  void ChooseBackground(const Sample& s, Matches* m) const {
    std::vector<int64_t> candidates;
    int64_t others = 0;
    for (int64_t i = 0; i < s.anchors; i++) {
      if (m->kind[i] == Kind::kObject) continue;
      others++;
      if (mining_ratio_ <= 0 || m->overlap[i] < mining_threshold_) candidates.push_back(i);
    }
    if (mining_ratio_ <= 0) {
      for (const int64_t i : candidates) m->kind[i] = Kind::kBackground;
      return;
    }
    std::vector<float> probability;
    for (const int64_t i : candidates) probability.push_back(BackgroundProbability(s, i));
    const int64_t count = candidates.size();
    const std::vector<int64_t> order = ByScore(count, [&](int64_t i) { return -probability[i]; });
    const double wanted = std::trunc(double(s.anchors - others) * mining_ratio_);
    // MXNet fails where there are fewer candidates than wanted; they are all taken.
    for (int64_t i = 0; i < count && i < wanted; i++) m->kind[candidates[order[i]]] = Kind::kBackground;
  }

  // Where an object lies from an anchor, in units of the variances.
  void SetOffsets(const float* anchor, const float* box, float* offsets) const {
    const double width = double(anchor[2]) - anchor[0], height = double(anchor[3]) - anchor[1];
    const auto middle = [](const float* of, int axis) { return (double(of[axis]) + of[axis + 2]) / 2; };
    offsets[0] = (middle(box, 0) - middle(anchor, 0)) / width / variances_[0];
    offsets[1] = (middle(box, 1) - middle(anchor, 1)) / height / variances_[1];
    offsets[2] = std::log((double(box[2]) - box[0]) / width) / variances_[2];
    offsets[3] = std::log((double(box[3]) - box[1]) / height) / variances_[3];
  }

  float overlap_threshold_, ignore_label_, mining_ratio_, mining_threshold_;
  std::vector<float> variances_;
};

REGISTER_KERNEL_BUILDER(Name("MxgraftMultiBoxTarget").Device(tensorflow::DEVICE_CPU), MultiBoxTargetOp);

}  // namespace
}  // namespace mxgraft

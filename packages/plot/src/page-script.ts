/**
 * The script of the page: plain JavaScript, since the page is read by a browser as it is. It makes no elements and
 * writes no markup: it sets attributes and text of what is there. Data comes from the JSON element.
 */
export const PAGE_SCRIPT = `"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var slider = document.getElementById("epoch");
  var output = document.getElementById("epoch-number");
  var summary = document.getElementById("summary");
  var play = document.getElementById("play");
  var scale = document.getElementById("scale");
  var panels = Array.from(document.querySelectorAll(".panel"), function (svg) {
    return {
      grid: svg.querySelector(".grid"),
      x: Array.from(svg.querySelectorAll(".x")),
      y: Array.from(svg.querySelectorAll(".y")),
      paths: Array.from(svg.querySelectorAll("[data-class]")),
      leaders: Array.from(svg.querySelectorAll(".leader")),
      badges: Array.from(svg.querySelectorAll(".badge"))
    };
  });
  var markers = Array.from(document.querySelectorAll(".now"));
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  var unpacked = data.snapshots.map(function () { return []; });
  var shown = null;
  var frame = 0;
  var timer = 0;

  function unpack(index, panel) {
    if (!unpacked[index][panel]) {
      var bytes = atob(data.snapshots[index].panels[panel].points);
      var points = new Float32Array(bytes.length / 2);
      for (var i = 0; i < points.length; i++) {
        points[i] = ((bytes.charCodeAt(2 * i) | (bytes.charCodeAt(2 * i + 1) << 8)) / 65535) * data.panel;
      }
      unpacked[index][panel] = points;
    }
    return unpacked[index][panel];
  }

  // Where everything is for one snapshot: points of each panel, badges.
  function sceneOf(index) {
    var view = viewOf(index);
    return {
      index: index,
      points: panels.map(function (_, panel) {
        var points = unpack(index, panel);
        var placed = new Float32Array(points.length);
        for (var i = 0; i < points.length; i += 2) {
          placed[i] = view.a * points[i] + view.bx;
          placed[i + 1] = view.a * points[i + 1] + view.by;
        }
        return placed;
      }),
      badges: view.badges
    };
  }

  function viewOf(index) {
    return scale.checked ? data.snapshots[index].shared : data.snapshots[index].own;
  }

  function mix(from, to, part) {
    return from + (to - from) * part;
  }

  function comparable(a, b) {
    return a !== null && a.points.every(function (points, panel) {
      var one = data.snapshots[a.index].panels[panel].counts;
      var other = data.snapshots[b.index].panels[panel].counts;
      return one.every(function (count, k) { return count === other[k]; });
    });
  }

  function between(a, b, part) {
    return {
      index: b.index,
      points: b.points.map(function (to, panel) {
        var from = a.points[panel];
        return to.map(function (value, i) { return mix(from[i], value, part); });
      }),
      badges: b.badges.map(function (to, k) {
        var from = a.badges[k];
        return to && from ? to.map(function (value, i) { return mix(from[i], value, part); }) : to;
      })
    };
  }

  function tenth(value) {
    return Math.round(value * 10) / 10;
  }

  function draw(scene) {
    shown = scene;
    panels.forEach(function (panel, p) {
      var counts = data.snapshots[scene.index].panels[p].counts;
      var points = scene.points[p];
      var at = 0;
      panel.paths.forEach(function (path) {
        var k = Number(path.getAttribute("data-class"));
        var d = "";
        for (var i = 0; i < counts[k]; i++, at += 2) {
          d += "M" + tenth(points[at]) + " " + tenth(points[at + 1]) + data.marks[k];
        }
        path.setAttribute("d", d);
      });
      panel.badges.forEach(function (badge, k) {
        var place = scene.badges[k];
        var leader = panel.leaders[k];
        var far = place && Math.hypot(place[2] - place[0], place[3] - place[1]) > data.badgeRadius;
        badge.setAttribute("visibility", place ? "visible" : "hidden");
        leader.setAttribute("visibility", far ? "visible" : "hidden");
        if (place) badge.setAttribute("transform", "translate(" + place[2] + " " + place[3] + ")");
        if (!far) return;
        leader.querySelector("path").setAttribute("d", "M" + place[0] + " " + place[1] + "L" + place[2] + " " + place[3]);
        leader.querySelector("circle").setAttribute("cx", place[0]);
        leader.querySelector("circle").setAttribute("cy", place[1]);
      });
    });
  }

  function label(pool, ticks, attribute, shift) {
    pool.forEach(function (text, i) {
      var tick = ticks[i];
      text.textContent = tick ? tick[1] : "";
      if (tick) text.setAttribute(attribute, tick[0] + shift);
    });
  }

  function frameOf(index) {
    var view = viewOf(index);
    var snapshot = data.snapshots[index];
    var d = view.x.map(function (tick) { return "M" + tick[0] + " 0v" + data.panel; }).join("") +
      view.y.map(function (tick) { return "M0 " + tick[0] + "h" + data.panel; }).join("");
    panels.forEach(function (panel) {
      panel.grid.setAttribute("d", d);
      label(panel.x, view.x, "x", 0);
      label(panel.y, view.y, "y", 4);
    });
    markers.forEach(function (marker, i) {
      marker.setAttribute("transform", "translate(" + snapshot.moved[i] + ")");
    });
    output.textContent = String(snapshot.epoch);
    summary.textContent = snapshot.summary;
    slider.setAttribute("aria-valuetext", "epoch " + snapshot.epoch + (snapshot.summary ? ": " + snapshot.summary : ""));
  }

  function show(index) {
    cancelAnimationFrame(frame);
    var from = shown;
    var to = sceneOf(index);
    slider.value = String(index);
    frameOf(index);
    if (calm.matches || !comparable(from, to)) { draw(to); return; }
    var start = 0;
    function step(now) {
      if (start === 0) start = now;
      var part = Math.min(1, (now - start) / 450);
      draw(part === 1 ? to : between(from, to, part * part * (3 - 2 * part)));
      if (part < 1) frame = requestAnimationFrame(step);
    }
    frame = requestAnimationFrame(step);
  }

  function pause() {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  }

  play.addEventListener("click", function () {
    if (timer !== 0) { pause(); return; }
    play.textContent = "Pause";
    var last = data.snapshots.length - 1;
    show(Number(slider.value) >= last ? 0 : Number(slider.value) + 1);
    timer = setInterval(function () {
      var next = Number(slider.value) + 1;
      if (next > last) { pause(); return; }
      show(next);
      if (next === last) pause();
    }, 1000);
  });
  slider.addEventListener("input", function () {
    if (timer !== 0) pause();
    show(Number(slider.value));
  });
  scale.addEventListener("change", function () { show(Number(slider.value)); });
  document.getElementById("controls").hidden = false;
  show(data.snapshots.length - 1);
})();`;

// The share of every weight, while it is typed. The server works out the same when the page is loaded.
const inputs = [...document.querySelectorAll("[data-weight]")];
const sum = document.querySelector("[data-sum]");

function show() {
  const weights = inputs.map((input) => Math.max(0, Number(input.value) || 0));
  const whole = weights.reduce((total, weight) => total + weight, 0);
  const shares = shared(weights, whole);
  inputs.forEach((input, at) => {
    document.querySelector(`[data-share="${CSS.escape(input.dataset.weight)}"]`).textContent = `${shares[at]} %`;
  });
  sum.textContent = whole === 100 || !whole ? String(whole) : `${Math.round(whole * 100) / 100} → 100 %`;
}

// Whole per cent that add up to 100: largest remainder first.
function shared(weights, whole) {
  if (!whole) return weights.map(() => 0);
  const exact = weights.map((weight) => (100 * weight) / whole);
  const found = exact.map(Math.floor);
  const left = 100 - found.reduce((total, part) => total + part, 0);
  exact
    .map((value, at) => [found[at] - value, at])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .slice(0, left)
    .forEach(([, at]) => { found[at] += 1; });
  return found;
}

inputs.forEach((input) => input.addEventListener("input", show));
show();

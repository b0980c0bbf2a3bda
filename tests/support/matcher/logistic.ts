/** A fitted linear model of log-odds. */
export interface LogisticModel {
  readonly weights: number[];
  readonly offset: number;
}

/** Solves a small symmetric system by Gaussian elimination with pivoting; `matrix` and `values` are used up. */
function solve(matrix: number[][], values: number[]): number[] {
  const size = values.length;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) pivot = row;
    [matrix[column], matrix[pivot]] = [matrix[pivot], matrix[column]];
    [values[column], values[pivot]] = [values[pivot], values[column]];
    for (let row = column + 1; row < size; row += 1) {
      const factor = matrix[row][column] / matrix[column][column];
      for (let at = column; at < size; at += 1) matrix[row][at] -= factor * matrix[column][at];
      values[row] -= factor * values[column];
    }
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let at = row + 1; at < size; at += 1) values[row] -= matrix[row][at] * values[at];
    values[row] /= matrix[row][row];
  }
  return values;
}

/**
 * Logistic regression by Newton's method on standardised inputs, both classes with the same total weight, and a penalty of
 * `ridge` on the squared weights (Hastie, Tibshirani and Friedman 2009, chapter 4).
 */
export function fitLogistic(
  inputs: readonly Float64Array[],
  isGenuine: readonly boolean[],
  ridge: number,
): LogisticModel {
  const size = inputs[0].length;
  const mean = new Float64Array(size);
  const deviation = new Float64Array(size);
  for (const input of inputs) for (let at = 0; at < size; at += 1) mean[at] += input[at] / inputs.length;
  for (const input of inputs)
    for (let at = 0; at < size; at += 1) deviation[at] += (input[at] - mean[at]) ** 2 / inputs.length;
  for (let at = 0; at < size; at += 1) deviation[at] = Math.sqrt(deviation[at]) + 1e-9;
  const genuineShare = isGenuine.filter(Boolean).length / inputs.length;
  let beta = Array.from({ length: size + 1 }, () => 0);
  const row = new Float64Array(size + 1);
  for (let round = 0; round < 25; round += 1) {
    const hessian = Array.from({ length: size + 1 }, (_, at) =>
      Array.from({ length: size + 1 }, (__, other) => (at === other && at < size ? ridge : 0)),
    );
    const gradient = beta.map((value, at) => (at < size ? ridge * value : 0));
    for (const [index, input] of inputs.entries()) {
      for (let at = 0; at < size; at += 1) row[at] = (input[at] - mean[at]) / deviation[at];
      row[size] = 1;
      let logit = 0;
      for (let at = 0; at <= size; at += 1) logit += row[at] * beta[at];
      const probability = 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, logit))));
      const weight = isGenuine[index] ? 0.5 / genuineShare : 0.5 / (1 - genuineShare);
      const curvature = weight * probability * (1 - probability) + 1e-9;
      const slope = weight * (probability - (isGenuine[index] ? 1 : 0));
      for (let at = 0; at <= size; at += 1) {
        gradient[at] += slope * row[at];
        for (let other = 0; other <= size; other += 1) hessian[at][other] += curvature * row[at] * row[other];
      }
    }
    const step = solve(hessian, gradient);
    beta = beta.map((value, at) => value - step[at]);
  }
  const weights = beta.slice(0, size).map((value, at) => value / deviation[at]);
  return { weights, offset: beta[size] - weights.reduce((sum, weight, at) => sum + weight * mean[at], 0) };
}

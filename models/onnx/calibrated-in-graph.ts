import type { Calibrator, ClassCalibrator } from '../evaluation/calibration.ts'
import { PROBABILITY_MIN } from '../evaluation/class-calibration.ts'
import type { IsotonicCalibrator } from '../evaluation/calibration.ts'
import type { PlattCalibrator } from '../evaluation/calibration.ts'
import { PROBABILITY_EPSILON } from '../evaluation/platt.ts'
import type { OnnxGraph } from './onnx-graph.ts'

/** Adds the calibrator to the graph, in float64, and returns the calibrated `score` ([N, 1] or [N, classes]). */
export function calibratedInGraph(graph: OnnxGraph, score: string, calibrator: Calibrator | ClassCalibrator): string {
  const exact = graph.cast(score, 'float64')
  if (calibrator.method === 'classes') return addClassCalibration(graph, exact, calibrator)
  return calibrator.method === 'platt' ? addPlatt(graph, exact, calibrator) : addIsotonic(graph, exact, calibrator)
}

function addClassCalibration(graph: OnnxGraph, score: string, { slope, intercepts }: ClassCalibrator): string {
  const bounded = graph.node('Max', [score, graph.doubles([PROBABILITY_MIN], [])])
  const scaled = graph.node('Mul', [graph.node('Log', [bounded]), graph.doubles([slope], [])])
  const margins = graph.node('Add', [scaled, graph.doubles(intercepts, [1, intercepts.length])])
  return graph.node('Softmax', [margins], { axis: 1 })
}

function addPlatt(graph: OnnxGraph, score: string, { slope, intercept }: PlattCalibrator): string {
  const constant = (value: number) => graph.doubles([value], [])
  const bounded = graph.node('Min', [
    graph.node('Max', [score, constant(PROBABILITY_EPSILON)]),
    constant(1 - PROBABILITY_EPSILON),
  ])
  const odds = graph.node('Div', [bounded, graph.node('Sub', [constant(1), bounded])])
  const margin = graph.node('Add', [
    graph.node('Mul', [graph.node('Log', [odds]), constant(slope)]),
    constant(intercept),
  ])
  return graph.node('Sigmoid', [margin])
}

/** Interpolates between the last point at or below the score and the next; constant beyond the ends. */
function addIsotonic(graph: OnnxGraph, score: string, { scores, values }: IsotonicCalibrator): string {
  const constant = (value: number) => graph.doubles([value], [])
  const count = scores.length
  if (count === 1) return graph.node('Add', [graph.node('Mul', [score, constant(0)]), constant(values[0]!)])
  const points = graph.doubles(scores, [1, count])
  const reached = graph.node('GreaterOrEqual', [score, points])
  const passed = graph.node('ReduceSum', [graph.cast(reached, 'int64'), graph.integers([1], [1])], { keepdims: 1 })
  const bound = (value: string, operator: 'Min' | 'Max', by: number) =>
    graph.node(operator, [value, graph.integers([by], [])])
  const to = bound(bound(passed, 'Max', 1), 'Min', count - 1)
  const from = graph.node('Sub', [to, graph.integers([1], [])])
  const table = (list: readonly number[]) => graph.doubles(list, [count])
  const at = (list: string, index: string) => graph.node('Gather', [list, index], { axis: 0 })
  const [scoreTable, valueTable] = [table(scores), table(values)]
  const [before, after] = [at(scoreTable, from), at(scoreTable, to)]
  const share = graph.node('Div', [graph.node('Sub', [score, before]), graph.node('Sub', [after, before])])
  const within = graph.node('Min', [graph.node('Max', [share, constant(0)]), constant(1)])
  const [low, high] = [at(valueTable, from), at(valueTable, to)]
  return graph.node('Add', [low, graph.node('Mul', [within, graph.node('Sub', [high, low])])])
}

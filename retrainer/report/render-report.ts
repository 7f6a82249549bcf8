import type { ClassesEvaluation } from '../../models/evaluation/classes-evaluation.ts'
import type { Evaluation } from '../../models/evaluation/evaluation.ts'
import { calibrationOf, calibrationSection } from './calibration-section.ts'
import { classesSection } from './classes-section.ts'
import { comparisonSection } from './comparison-section.ts'
import { curvesSection } from './curves-section.ts'
import { dependenceSection } from './dependence-section.ts'
import { formatCount } from './format.ts'
import { groupsSection } from './groups-section.ts'
import { classesHeadline, headline } from './headline.ts'
import { importanceSection } from './importance-section.ts'
import { liftSection } from './lift-section.ts'
import type { Markup } from './markup.ts'
import { entry, htmlPage, list, pageHead } from './page.ts'
import type { ReportedModel } from './reported-model.ts'
import { residualsSection } from './residuals-section.ts'

/** Renders a model's quality as a page. */
export function renderReport(model: ReportedModel, evaluation: Evaluation): string {
  const ofKind =
    evaluation.kind === 'classification'
      ? [curvesSection(evaluation), calibrationSection(evaluation), liftSection(evaluation)]
      : [calibrationSection(evaluation), residualsSection(evaluation)]
  return page(model, [
    headline(evaluation),
    comparisonSection(model),
    ...ofKind,
    importanceSection(model),
    dependenceSection(model),
    groupsSection(evaluation),
  ])
}

/** Renders the page of a model of several classes, for rows, texts or intents. */
export function renderClassesReport(model: ReportedModel, evaluation: ClassesEvaluation): string {
  const calibrated = {
    title: 'Calibration',
    predicted: 'Probability of the answer',
    observed: 'Share of right answers',
  }
  return page(model, [
    classesHeadline(evaluation, model.unit ?? 'rows'),
    comparisonSection(model),
    classesSection(evaluation),
    calibrationOf(evaluation.calibration, calibrated),
    importanceSection(model),
  ])
}

function page(model: ReportedModel, parts: readonly (Markup | null)[]): string {
  return htmlPage(model.title, [top(model), ...parts])
}

function top(model: ReportedModel): Markup {
  const { title, task, algorithm, trainedRows, testRows, unit = 'rows', split, excluded, notes, warning } = model
  const entries = [
    entry('Task', task),
    entry('Algorithm', algorithm),
    entry('Trained on', `${formatCount(trainedRows)} ${unit}`),
    entry('Measured on', `${formatCount(testRows)} ${unit}`),
    entry('Split', split),
    entry('Left out', list(excluded)),
    entry('Notes', list(notes)),
  ]
  return pageHead(title, entries, warning)
}

import type { Evaluation } from '../../models/evaluation/evaluation.ts'
import { calibrationSection } from './calibration-section.ts'
import { comparisonSection } from './comparison-section.ts'
import { curvesSection } from './curves-section.ts'
import { dependenceSection } from './dependence-section.ts'
import { formatCount } from './format.ts'
import { groupsSection } from './groups-section.ts'
import { headline } from './headline.ts'
import { importanceSection } from './importance-section.ts'
import { liftSection } from './lift-section.ts'
import { markup, type Markup } from './markup.ts'
import type { ReportedModel } from './reported-model.ts'
import { residualsSection } from './residuals-section.ts'
import { style } from './style.ts'

/** One HTML file that needs nothing else: no script, no host, no font. The same input gives the same bytes. */
export function renderReport(model: ReportedModel, evaluation: Evaluation): string {
  const ofKind =
    evaluation.kind === 'classification'
      ? [curvesSection(evaluation), calibrationSection(evaluation), liftSection(evaluation)]
      : [calibrationSection(evaluation), residualsSection(evaluation)]
  const { html } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${model.title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
${[
  top(model),
  headline(evaluation),
  comparisonSection(model),
  ...ofKind,
  importanceSection(model),
  dependenceSection(model),
  groupsSection(evaluation),
].map((part) => (part === null ? null : markup`${part}\n`))}</main>
</body>
</html>
`
  return html
}

function top({ title, task, algorithm, trainedRows, testRows, split, leftOut, notes, warning }: ReportedModel): Markup {
  return markup`<header><h1>${title}</h1>${warning === undefined ? null : markup`<p class="warning">${warning}</p>`}<dl>${[
    entry('Task', task),
    entry('Algorithm', algorithm),
    entry('Trained on', `${formatCount(trainedRows)} rows`),
    entry('Measured on', `${formatCount(testRows)} rows`),
    entry('Split', split),
    entry('Left out', list(leftOut)),
    entry('Notes', list(notes)),
  ]}</dl></header>`
}

function entry(term: string, description: string | Markup | null): Markup | null {
  return description === null ? null : markup`<dt>${term}</dt><dd>${description}</dd>`
}

function list(items: readonly string[]): Markup | null {
  return items.length === 0 ? null : markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`
}

import { detector, parameter, ramp } from './detector.ts'

export const reportSaysLittle = detector({
  kind: 'report-says-little',
  group: 'visit',
  means: 'The report is too short to say anything, or consists of phrases that many people use.',
  cannotKnow:
    'Whether there was nothing to report, or more is written elsewhere. A missing report is unknown; an empty one says nothing.',
  weights: { false: 0.1, invalid: 0.4 },
  parameters: {
    informationMin: parameter(
      8,
      1,
      1_000,
      'minimum length, in Chinese characters (three English letters count as one)',
    ),
  },
  *detect(visits, { informationMin }) {
    for (const visit of visits) {
      if (visit.text === null || visit.text.information >= informationMin!) continue
      const { length, information } = visit.text
      const isTemplate = length >= informationMin!
      const score = 0.5 + 0.5 * ramp(information, informationMin!, 0)
      const text =
        length === 0
          ? 'The report is empty.'
          : isTemplate
            ? 'The report consists of phrases that many people use.'
            : `The report has ${Math.round(length)} characters.`
      yield { visit, score, text, with: null }
    }
  },
})

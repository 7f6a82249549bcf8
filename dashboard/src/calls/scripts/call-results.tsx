import { useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { DataTable } from '../../data-table.tsx'
import { count, number, percent } from '../../format.ts'
import { Interval } from '../../interval.tsx'
import { scaleOf } from '../../scale.ts'
import { Empty, Failure, Segments } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { seconds, versionText } from './script-text.ts'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 30_000

/** Results by the script that agents reported, whatever the target group: with clicks and ratings. */
export function CallResults() {
  const [days, setDays] = useState<'7' | '30' | '90'>('30')
  const { data, error } = useResource(apiUrl('/script-quality', { query: { days: Number(days) } }), READ_EVERY_MS)
  const rows = data?.items ?? []
  const talk = scaleOf(rows.map(({ talkSeconds }) => talkSeconds))
  const conversion = scaleOf(rows.map(({ conversionRate }) => conversionRate))
  return (
    <section class="card wide" aria-labelledby="calls-title">
      <div class="head">
        <div>
          <h2 id="calls-title">{t('scripts.resultsOfAllCalls')}</h2>
          <p class="sub">{t('scripts.byTheScriptThatWasActually')}</p>
        </div>
        <Segments
          label={t('scripts.days')}
          value={days}
          onChange={setDays}
          options={[
            ['7', t('common.n7Days')],
            ['30', t('scripts.n30Days')],
            ['90', t('scripts.n90Days')],
          ]}
        />
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.items.length === 0 && <Empty>{t('scripts.noCallWithAScriptHas')}</Empty>}
      {rows.length > 0 && (
        <DataTable
          caption={t('scripts.resultsOfAllCallsByScript')}
          rows={rows}
          keyOf={({ script, scriptVersion }) => `${script} ${scriptVersion}`}
          columns={[
            {
              label: t('common.script'),
              cell: ({ script, scriptVersion }) =>
                scriptVersion === null
                  ? t('scripts.versionNotReported', { script })
                  : versionText(script, scriptVersion),
            },
            { label: t('common.calls'), cell: ({ calls }) => count(calls) },
            {
              label: t('common.answered'),
              cell: ({ answerRate }) => <Interval estimate={answerRate} format={percent} to={1} />,
            },
            {
              label: t('scripts.talkTime'),
              cell: ({ talkSeconds }) => <Interval estimate={talkSeconds} format={seconds} {...talk} />,
            },
            { label: t('scripts.clicksPerCall'), cell: ({ clicks }) => (clicks === null ? '–' : number(clicks)) },
            {
              label: t('scripts.rating1To5'),
              cell: ({ satisfaction, ratings }) =>
                satisfaction === null ? t('scripts.notRated') : `${number(satisfaction)} (${count(ratings)})`,
            },
            {
              label: t('scripts.converted'),
              cell: ({ conversionRate }) => <Interval estimate={conversionRate} format={percent} {...conversion} />,
            },
          ]}
        />
      )}
    </section>
  )
}

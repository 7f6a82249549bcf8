import { DataTable } from '../data-table.tsx'
import { count, percent } from '../format.ts'
import { customerHref } from '../route.ts'
import { t } from '../words/words.ts'
import { previewText, qualityText, shareText, type Preview } from './loans-text.ts'
import { ThresholdChart } from './threshold-chart.tsx'

/** What the threshold would change: how many and who, how good it would have been, and how that differs by threshold. */
export function ThresholdPreview({ preview }: { readonly preview: Preview }) {
  const { comes, goes, quality } = preview
  return (
    <section class="group" aria-labelledby="threshold-preview-title">
      <h3 id="threshold-preview-title">{t('loans.whatItChanges')}</h3>
      <p role="status">
        <strong>{previewText(preview)}</strong>
      </p>
      <p>{quality === null ? t('loans.noUseIsKnownYet') : qualityText(quality)}</p>
      {comes.count > 0 && <Moving title={t('loans.whoComes')} moving={comes} />}
      {goes.count > 0 && <Moving title={t('loans.whoGoes')} moving={goes} />}
      <ByThreshold preview={preview} />
    </section>
  )
}

function Moving({ title, moving: { count: all, customers } }: { readonly title: string; readonly moving: Moved }) {
  return (
    <details open={customers.length <= 10}>
      <summary>{t('loans.titleAndCount', { title, customers: all })}</summary>
      <DataTable
        caption={title}
        rows={customers}
        keyOf={({ customerId }) => customerId}
        columns={[
          {
            label: t('common.customer'),
            cell: ({ customerId, name }) => <a href={customerHref(customerId)}>{name ?? customerId}</a>,
          },
          { label: t('loans.expectedUse'), cell: ({ estimate }) => percent(estimate) },
        ]}
      />
      {all > customers.length && (
        <p class="about">{t('loans.onlyTheFirstAreNamed', { customers: customers.length })}</p>
      )}
    </details>
  )
}
type Moved = Preview['comes']

function ByThreshold({ preview }: { readonly preview: Preview }) {
  const { byThreshold, threshold, active, scored } = preview
  const marks = { asked: threshold, active }
  const at = byThreshold.map((one) => one.threshold)
  const knowsQuality = byThreshold.some(({ quality }) => quality !== null)
  return (
    <>
      <div class="side-by-side">
        <ThresholdChart
          title={t('loans.customersByThreshold')}
          at={at}
          marks={marks}
          series={[
            {
              name: t('loans.customers'),
              values: byThreshold.map(({ customers }) => (scored === 0 ? null : customers / scored)),
            },
          ]}
          top={count(scored)}
        />
        {knowsQuality && (
          <ThresholdChart
            title={t('loans.precisionAndRecallByThreshold')}
            at={at}
            marks={marks}
            series={[
              { name: t('loans.precision'), values: byThreshold.map(({ quality }) => quality?.precision ?? null) },
              { name: t('loans.recall'), values: byThreshold.map(({ quality }) => quality?.recall ?? null) },
            ]}
            top={t('format.percent', { value: count(100) })}
          />
        )}
      </div>
      <details>
        <summary>{t('loans.asATable')}</summary>
        <DataTable
          caption={t('loans.customersByThreshold')}
          rows={byThreshold}
          keyOf={(one) => String(one.threshold)}
          columns={[
            { label: t('loans.threshold'), cell: (one) => percent(one.threshold) },
            { label: t('loans.customers'), cell: ({ customers }) => count(customers) },
            { label: t('loans.precision'), cell: ({ quality }) => shareText(quality?.precision ?? null) },
            { label: t('loans.recall'), cell: ({ quality }) => shareText(quality?.recall ?? null) },
          ]}
        />
      </details>
    </>
  )
}

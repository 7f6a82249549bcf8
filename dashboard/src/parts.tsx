import type { ComponentChildren } from 'preact'
import { percent, title } from './format.ts'
import { t } from './words/words.ts'

/** A probability as a bar with its number or, without one, “no score” with the reason as a tooltip. */
export function Probability({ value, absent }: { readonly value: number | null; readonly absent?: string | null }) {
  if (value === null) {
    return (
      <span class="probability none" title={absent ?? undefined}>
        {t('common.noScore')}
      </span>
    )
  }
  return (
    <span class="probability">
      <span class="track" aria-hidden="true">
        <span class="fill" style={{ width: `${Math.min(100, Math.max(0, 100 * value))}%` }} />
      </span>
      <span class="figure">{percent(value)}</span>
    </span>
  )
}

export function Verdict({ verdict }: { readonly verdict: string | null | undefined }) {
  if (verdict == null || verdict === 'fine') return null
  return <span class={`tag ${verdict === 'invalid' ? 'warn' : 'bad'}`}>{title(verdict)}</span>
}

/** A text that the platform wrote, in English whatever the language of the page. */
export function Told({ children }: { readonly children: ComponentChildren }) {
  return <span lang="en">{children}</span>
}

export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="empty">{children}</p>
}

/** Why something failed. A text by itself is that of the API. */
export function Failure({ children }: { readonly children: ComponentChildren }) {
  return (
    <p class="failure" role="alert">
      {typeof children === 'string' ? <Told>{children}</Told> : children}
    </p>
  )
}

interface SegmentsProps<Value extends string> {
  readonly label: string
  readonly options: readonly (readonly [Value, string])[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** A segmented control: radio buttons underneath, so that the keyboard works as expected. */
export function Segments<Value extends string>({ label, options, value, onChange }: SegmentsProps<Value>) {
  return (
    <fieldset class="segments">
      <legend class="hidden">{label}</legend>
      {options.map(([option, words]) => (
        <label key={option}>
          <input type="radio" name={label} checked={option === value} onChange={() => onChange(option)} />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}

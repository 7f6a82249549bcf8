import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface ItemHeadingProps {
  readonly title: string
  /** Address of the list, for a screen that is too narrow for both; none if there is no list. */
  readonly back?: string
  readonly backText?: string
  readonly about?: string
  /** The state of the item. */
  readonly children?: ComponentChildren
}

/** Head of an opened item beside its list. It takes the focus, so that the keyboard and screen readers go on there. */
export function ItemHeading({ title, back, backText, about, children }: ItemHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div class="head">
      <div>
        <h2 id="item-title" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {about !== undefined && <p class="sub">{about}</p>}
      </div>
      {children}
      {back !== undefined && (
        <a class="quiet back" href={back}>
          {backText}
        </a>
      )}
    </div>
  )
}

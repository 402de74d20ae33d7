import { Button, type ButtonProps } from 'antd';
import { useHref, useLinkClickHandler } from 'react-router';

/** A button that leads to another page: one link for keyboard and screen reader, which opens in a new tab like any. */
export function ToButton({ to, ...look }: { to: string } & Omit<ButtonProps, 'href' | 'onClick'>) {
  const go = useLinkClickHandler<HTMLAnchorElement>(to);
  return (
    <Button
      {...look}
      href={useHref(to)}
      onClick={(event) => go(event as unknown as React.MouseEvent<HTMLAnchorElement>)}
    />
  );
}

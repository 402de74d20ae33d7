import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useWords } from '../i18n/index.ts';

function Crashed() {
  const { t } = useWords();
  return (
    <Result
      status="warning"
      title={t('crashed.title')}
      subTitle={t('crashed.text')}
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          {t('crashed.next')}
        </Button>
      }
    />
  );
}

/** Keeps one broken page from leaving a white window. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Crashed /> : this.props.children;
  }
}

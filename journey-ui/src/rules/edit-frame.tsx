import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { FormWidgets } from '../form/form-widgets.tsx';
import { ProblemLines } from '../form/problem-lines.tsx';
import { useWords } from '../i18n/index.ts';
import { Page } from '../ui/page.tsx';
import './edit.css';
import { ToButton } from '../ui/to-button.tsx';

interface Props {
  readonly title: string;
  readonly lead: string;
  /** Where one comes from and goes back to. */
  readonly back: string;
  readonly saving: boolean;
  readonly onSave: () => void;
  /** How it is taken away, where it is there already. */
  readonly remove?: { readonly title: string; readonly text: string; readonly onConfirm: () => void };
  /** What is wrong elsewhere in the rules. */
  readonly others: readonly Diagnostic[];
  readonly aside: ReactNode;
  readonly children: ReactNode;
}

/** The page on which a tag or a segment is made: its form, and beside it what it would come to. */
export function EditFrame({ title, lead, back, saving, onSave, remove, others, aside, children }: Props) {
  const { t } = useWords();
  return (
    <Page
      title={title}
      lead={lead}
      actions={
        <>
          {remove && (
            <Popconfirm title={remove.title} description={remove.text} onConfirm={remove.onConfirm}>
              <Button type="text" danger>
                {t('edit.remove')}
              </Button>
            </Popconfirm>
          )}
          <ToButton to={back}>{t('cancel')}</ToButton>
          <Button type="primary" loading={saving} onClick={onSave}>
            {t('edit.keep')}
          </Button>
        </>
      }
    >
      <FormWidgets>
        <div className="edit-columns">
          <div className="edit-main">{children}</div>
          <aside className="edit-aside">
            {aside}
            {others.length > 0 && (
              <section className="panel edit-others">
                <h2>{t('edit.others')}</h2>
                <div className="panel-body">
                  <ProblemLines problems={others} />
                </div>
              </section>
            )}
            <p className="edit-note">{t('edit.note')}</p>
          </aside>
        </div>
      </FormWidgets>
    </Page>
  );
}

/** A part of the form with its heading. */
export function EditPart({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className="panel edit-part">
      <header>
        <h2>{title}</h2>
        {text && <p className="muted">{text}</p>}
      </header>
      {children}
    </section>
  );
}

import { Link } from 'react-router';
import { useWords } from '../i18n/index.ts';
import './brand.css';

/** The mark and the name; leads home. */
export function Brand({ compact = false }: { compact?: boolean }) {
  const { t } = useWords();
  return (
    <Link to="/journeys" className="brand" aria-label={t('brand')}>
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect width="32" height="32" rx="9" fill="#2f7d5b" />
        <path
          d="M7 25V14a9 9 0 0 1 18 0v11M7 14h18M12 25V9M20 25V9"
          fill="none"
          stroke="#fff"
          strokeWidth="2"
          strokeLinecap="round"
        />
        <circle cx="12" cy="8" r="2.4" fill="#f3b8c6" />
        <circle cx="21" cy="10" r="2" fill="#f7d98b" />
      </svg>
      {!compact && <span>{t('brand')}</span>}
    </Link>
  );
}

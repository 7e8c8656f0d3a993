select one from {{ ref('asks_database') }}

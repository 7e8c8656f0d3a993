select * from {{ ref('reads_it') }} where one < 0

with source as (

    {#- A seed stands for the table of the shop's system. #}
    select * from {{ ref('raw_payments') }}

),

renamed as (

    select
        id as payment_id,
        order_id,
        payment_method,

        -- `amount` is in cents, and becomes money here
        amount / 100 as amount

    from source

)

select * from renamed
